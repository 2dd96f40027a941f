/** Reports as printed pages. */
@NullMarked
package org.showroomlab.reports.export.pdf;

import org.jspecify.annotations.NullMarked;
