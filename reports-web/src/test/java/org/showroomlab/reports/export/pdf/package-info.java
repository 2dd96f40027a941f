@NullMarked
package org.showroomlab.reports.export.pdf;

import org.jspecify.annotations.NullMarked;
