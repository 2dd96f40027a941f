@NullMarked
package org.showroomlab.reports.pages;

import org.jspecify.annotations.NullMarked;
