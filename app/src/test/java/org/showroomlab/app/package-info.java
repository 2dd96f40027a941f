@NullMarked
package org.showroomlab.app;

import org.jspecify.annotations.NullMarked;
