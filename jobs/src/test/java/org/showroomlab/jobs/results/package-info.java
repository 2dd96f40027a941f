@NullMarked
package org.showroomlab.jobs.results;

import org.jspecify.annotations.NullMarked;
