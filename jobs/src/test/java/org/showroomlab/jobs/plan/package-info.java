@NullMarked
package org.showroomlab.jobs.plan;

import org.jspecify.annotations.NullMarked;
