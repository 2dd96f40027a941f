package org.showroomlab.reports.pages;

import java.util.List;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.reports.report.Accounting;

/** What became of all records, as a sum that a reader can check. */
public record AccountingView(Accounting total, List<AccountingRow> sources, List<Synced> showrooms) {

    /** How far a showroom has synced. */
    public record Synced(String showroom, String completeThrough) {}

    /** One way that records went. */
    public record Way(String label, String count, String share, String tone) {}

    public List<Way> ways() {
        return List.of(
                way("counted", total.counted(), "counted"),
                way("in no experiment", total.inNoExperiment(), "other"),
                way("duplicates", total.duplicates(), "duplicate"),
                way("dead letters", total.deadLettered(), "dead"));
    }

    private Way way(String label, long count, String tone) {
        double share = total.received() == 0 ? 0 : 100.0 * count / total.received();
        return new Way(label, Figures.count(count), Figures.coordinate(share), tone);
    }

    public String received() {
        return Figures.count(total.received());
    }

    private String onTheirWay() {
        return total.closes() ? "" : "; " + Figures.count(total.unsettled()) + " are still on their way";
    }

    /** The same in one line. */
    public String sentence() {
        return received() + " received = " + Figures.count(total.counted()) + " counted + "
                + Figures.count(total.inNoExperiment()) + " in no experiment + " + Figures.count(total.duplicates())
                + " duplicates + " + Figures.count(total.deadLettered()) + " dead letters" + onTheirWay();
    }
}
