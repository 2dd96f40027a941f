@NullMarked
package org.showroomlab.jobs.run;

import org.jspecify.annotations.NullMarked;
