@NullMarked
package org.showroomlab.reports.analyze;

import org.jspecify.annotations.NullMarked;
