@NullMarked
package org.showroomlab.reports;

import org.jspecify.annotations.NullMarked;
