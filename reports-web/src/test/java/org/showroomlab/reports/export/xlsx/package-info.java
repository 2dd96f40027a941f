@NullMarked
package org.showroomlab.reports.export.xlsx;

import org.jspecify.annotations.NullMarked;
