@NullMarked
package org.showroomlab.jobs.count;

import org.jspecify.annotations.NullMarked;
