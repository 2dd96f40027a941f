@NullMarked
package org.showroomlab.app.cli;

import org.jspecify.annotations.NullMarked;
