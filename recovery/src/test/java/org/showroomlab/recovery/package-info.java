@NullMarked
package org.showroomlab.recovery;

import org.jspecify.annotations.NullMarked;
