/** One class per command of ./showroom. */
@NullMarked
package org.showroomlab.app.cli;

import org.jspecify.annotations.NullMarked;
