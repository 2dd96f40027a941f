@NullMarked
package org.showroomlab.jobs.source;

import org.jspecify.annotations.NullMarked;
