@NullMarked
package org.showroomlab.jobs.flow;

import org.jspecify.annotations.NullMarked;
