@NullMarked
package org.showroomlab.reports.web;

import org.jspecify.annotations.NullMarked;
