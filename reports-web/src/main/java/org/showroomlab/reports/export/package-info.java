/** Reports as bytes: JSON, CSV and pages. */
@NullMarked
package org.showroomlab.reports.export;

import org.jspecify.annotations.NullMarked;
