@NullMarked
package org.showroomlab.app.crash;

import org.jspecify.annotations.NullMarked;
