@NullMarked
package org.showroomlab.reports.export;

import org.jspecify.annotations.NullMarked;
