@NullMarked
package org.showroomlab.reports.report;

import org.jspecify.annotations.NullMarked;
