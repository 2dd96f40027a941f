@NullMarked
package org.showroomlab.app.live;

import org.jspecify.annotations.NullMarked;
