@NullMarked
package org.showroomlab.jobs.observe;

import org.jspecify.annotations.NullMarked;
