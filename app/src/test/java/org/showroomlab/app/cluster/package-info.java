@NullMarked
package org.showroomlab.app.cluster;

import org.jspecify.annotations.NullMarked;
