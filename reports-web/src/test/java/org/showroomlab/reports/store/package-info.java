@NullMarked
package org.showroomlab.reports.store;

import org.jspecify.annotations.NullMarked;
