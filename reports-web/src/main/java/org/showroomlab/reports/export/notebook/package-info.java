/** Reports as notebooks that recompute their numbers. */
@NullMarked
package org.showroomlab.reports.export.notebook;

import org.jspecify.annotations.NullMarked;
