@NullMarked
package org.showroomlab.reports.verify;

import org.jspecify.annotations.NullMarked;
