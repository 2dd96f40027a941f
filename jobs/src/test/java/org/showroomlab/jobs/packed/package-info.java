@NullMarked
package org.showroomlab.jobs.packed;

import org.jspecify.annotations.NullMarked;
