package org.showroomlab.reports.export.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.showroomlab.reports.export.pdf.Grid.Cell;
import org.showroomlab.reports.export.pdf.Grid.Column;
import org.showroomlab.reports.pages.CurvePlot;
import org.showroomlab.reports.pages.PreorderView;
import org.showroomlab.reports.pages.PriceElasticityView;
import org.showroomlab.reports.pages.ReportPage;
import org.showroomlab.reports.pages.TtlSpeedView;
import org.showroomlab.stats.Computable;

/** The special analysis of a report, from the same views as its page. */
final class AnalysisSection {
    private final Paper paper;
    private final Prose prose;

    AnalysisSection(Paper paper, Prose prose) {
        this.paper = paper;
        this.prose = prose;
    }

    void write(ReportPage page) throws IOException {
        TtlSpeedView speed = page.ttlSpeed();
        PriceElasticityView price = page.priceElasticity();
        PreorderView drop = page.preorder();
        if (speed != null) {
            speed(speed);
        } else if (price != null) {
            price(price);
        } else if (drop != null) {
            drop(drop);
        } else {
            refusal(page);
        }
    }

    private void refusal(ReportPage page) throws IOException {
        Computable<?> analysis = page.report().analysis();
        if (analysis != null && analysis.reason().isPresent()) {
            prose.heading("Special analysis");
            prose.body(analysis.reason().orElseThrow());
        }
    }

    private void speed(TtlSpeedView view) throws IOException {
        prose.heading("TTL and perceived speed");
        prose.body(view.sentence());
        CurvePlot plot = view.plot();
        if (plot != null) {
            new PlotDrawing(paper).draw(plot);
        }
        prose.note(view.doseSentence());
        List<List<Cell>> arms = new ArrayList<>();
        for (TtlSpeedView.ArmRow arm : view.arms()) {
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.of(arm.variant(), arm.control() ? "control" : ""),
                    Cell.of(arm.ttl()),
                    Cell.of(arm.clusters(), arm.periods())));
            arm.cells().forEach(cell -> cells.add(Cell.of(cell.value(), cell.title())));
            arms.add(cells);
        }
        Grid.plain(
                        paper,
                        List.of("Variant", "TTL", "Clusters", "p75 LCP", "LCP ≤ 2500 ms", "Hits", "Stale", "p75 TTFB"))
                .rows(arms);
        List<List<Cell>> compared = view.comparisons().stream()
                .map(row ->
                        row(row.number(), row.variant(), row.difference(), row.interval(), row.pValue(), row.exact()))
                .toList();
        Grid.plain(paper, List.of("Number", "Variant", "Difference", "Interval", "p", "p by randomisation"))
                .rows(compared);
        for (String check : view.checks()) {
            prose.note(check);
        }
    }

    private void price(PriceElasticityView view) throws IOException {
        prose.heading("Price elasticity");
        prose.body(view.sentence());
        prose.note(view.pooledSentence());
        CurvePlot plot = view.plot();
        if (plot != null) {
            new PlotDrawing(paper).draw(plot);
        }
        prose.note(view.plotSentence());
        Grid.plain(
                        paper,
                        List.of(
                                "Market",
                                "Currency",
                                "Elasticity",
                                "Best price under logit, and over all models",
                                "Could earn most"))
                .rows(view.markets().stream()
                        .map(m -> row(m.market(), m.currency(), m.elasticity(), m.best(), m.kept()))
                        .toList());
        prose.caption(view.revenueCaption());
        List<String> titles =
                new ArrayList<>(List.of("Market", "Variant", "Price", "Conversion", "Chance to earn most"));
        titles.addAll(view.horizons());
        List<List<Cell>> revenue = new ArrayList<>();
        for (PriceElasticityView.RevenueRow row : view.revenue()) {
            List<Cell> cells =
                    new ArrayList<>(row(row.market(), row.variant(), row.price(), row.conversion(), row.chance()));
            row.revenue().forEach(cell -> cells.add(Cell.of(cell.value(), cell.title())));
            revenue.add(cells);
        }
        Grid.plain(paper, titles).rows(revenue);
        prose.caption("The first renewal within 30 days of subscribing, cancellation competing (Aalen–Johansen).");
        Grid.plain(paper, List.of("Variant", "Subscribers", "Renewed", "Cancelled", "Waiting"))
                .rows(view.renewals().stream()
                        .map(r -> row(r.variant(), r.subscribers(), r.renewed(), r.cancelled(), r.waiting()))
                        .toList());
    }

    private void drop(PreorderView view) throws IOException {
        prose.heading("From preorder to walk-in");
        PlotDrawing drawing = new PlotDrawing(paper);
        drawing.draw(view.incidence());
        Grid.plain(
                        paper,
                        List.of(
                                "Variant",
                                "Exposed",
                                "Preordered",
                                "Picked up",
                                "Cancelled",
                                "No show",
                                "Without pick-up"))
                .rows(rows(view.arms()));
        for (PreorderView.Row row : view.effects()) {
            prose.item(
                    row.name() + ": " + row.cells().get(0) + (row.cells().get(0).endsWith(".") ? " " : ". ")
                            + row.cells().get(1),
                    Shade.INK);
        }
        prose.note(view.stockNote());
        if (!view.stock().isEmpty()) {
            new Grid(
                            paper,
                            List.of(
                                    Column.left("Showroom", 1.4f),
                                    Column.left("SKU", 1.3f),
                                    Column.left("Variant", 0.7f),
                                    Column.right("Sold", 0.5f),
                                    Column.right("Pieces", 0.6f),
                                    Column.right("Sell-through", 0.9f),
                                    Column.right("Sold out", 1.9f),
                                    Column.right("Turned away", 0.9f)))
                    .rows(rows(view.stock().stream()
                            .map(PreorderView.StockRow::row)
                            .toList()));
        }
        Grid.plain(paper, List.of("Preordered or bought", "Online", "Walk-in", "Total"))
                .rows(rows(view.channels()));
        prose.note(view.channelNote());
        prose.note(view.returnsNote());
        if (view.monitored() && !view.looks().isEmpty()) {
            Grid.plain(paper, List.of("Looks so far, as of", "Information", "Boundary, z", "Harm, z"))
                    .rows(rows(view.looks()));
        }
    }

    private static List<List<Cell>> rows(List<PreorderView.Row> rows) {
        return rows.stream()
                .map(row -> Stream.concat(Stream.of(row.name()), row.cells().stream())
                        .map(Cell::of)
                        .toList())
                .toList();
    }

    private static List<Cell> row(String... cells) {
        return Stream.of(cells).map(Cell::of).toList();
    }
}
