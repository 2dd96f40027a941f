@NullMarked
package org.showroomlab.app.calibrate;

import org.jspecify.annotations.NullMarked;
