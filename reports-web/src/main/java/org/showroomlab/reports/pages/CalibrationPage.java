package org.showroomlab.reports.pages;

import org.showroomlab.reports.calibration.CalibrationTable;

/**
 * How often numbers are wrong.
 *
 * @param methods of the methods alone
 * @param endToEnd of reports of whole simulated worlds
 */
public record CalibrationPage(CalibrationTable methods, CalibrationTable endToEnd) {}
