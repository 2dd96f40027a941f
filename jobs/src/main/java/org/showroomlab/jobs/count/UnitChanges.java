package org.showroomlab.jobs.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.packed.NameTable;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.UnitStatistic;

/** What units have changed in all cells since the last time it was drained. */
public final class UnitChanges {
    private final List<ExperimentChanges> experiments = new ArrayList<>();

    /** The cells of one experiment, found by numbers. */
    static final class ExperimentChanges {
        private final ExperimentPlan plan;
        private final ArmCells[] arms;
        private final NameTable[] values;
        private final @Nullable ArmCells[][][] slices;
        private final @Nullable ArmCells[][] cohorts;
        private final long[] mixed;
        private final long[] late;
        private final Map<LifeKey, Long> life = new HashMap<>();

        private final Map<CellKey, Cell> stock = new HashMap<>();

        private record LifeKey(int variant, String origin, long entryBin, String kind, long bin, int day) {}

        ExperimentChanges(ExperimentPlan plan) {
            this.plan = plan;
            int variants = plan.variants().size();
            int dimensions = plan.dimensions().size();
            this.arms = new ArmCells[variants];
            for (int v = 0; v < variants; v++) {
                arms[v] = new ArmCells(plan, plan.variants().get(v), "", "");
            }
            this.values = new NameTable[dimensions];
            this.slices = new ArmCells[dimensions][variants][0];
            for (int d = 0; d < dimensions; d++) {
                values[d] = new NameTable();
            }
            this.cohorts = new ArmCells[variants][0];
            this.mixed = new long[plan.calendar().days()];
            this.late = new long[plan.calendar().days()];
        }

        ArmCells arm(int variant) {
            return arms[variant];
        }

        /** The slice of the units whose dimension value stands in that region. */
        ArmCells slice(int dimension, int variant, byte[] bytes, int start, int length) {
            int value = values[dimension].number(bytes, start, length);
            @Nullable ArmCells[] known = slices[dimension][variant];
            if (value >= known.length) {
                known = java.util.Arrays.copyOf(known, Math.max(value + 1, 2 * known.length));
                slices[dimension][variant] = known;
            }
            ArmCells slice = known[value];
            if (slice == null) {
                slice = new ArmCells(
                        plan,
                        plan.variants().get(variant),
                        plan.dimensions().get(dimension),
                        values[dimension].name(value));
                known[value] = slice;
            }
            return slice;
        }

        /** The cohort of the units that were first exposed then. */
        ArmCells cohort(int variant, long firstExposureMillis) {
            int number = plan.cohortOf(firstExposureMillis);
            @Nullable ArmCells[] known = cohorts[variant];
            if (number >= known.length) {
                known = java.util.Arrays.copyOf(known, Math.max(number + 1, 2 * known.length));
                cohorts[variant] = known;
            }
            ArmCells cohort = known[number];
            if (cohort == null) {
                cohort = ArmCells.ofCohort(plan, plan.variants().get(variant), number);
                known[number] = cohort;
            }
            return cohort;
        }

        void addMixed(int day, long more) {
            mixed[day] += more;
        }

        void addLate(int day) {
            late[day]++;
        }

        void addLife(int variant, String origin, long entryBin, String kind, long bin, int day, long more) {
            life.merge(new LifeKey(variant, origin, entryBin, kind, bin, day), more, Long::sum);
        }

        /** Events of visitors of one arm, or of both ({@code variant} −1), at a place and in a minute. */
        void addStock(
                String kind, int variant, String showroom, String sku, long minute, int day, long pieces, int sign) {
            CellKey key = new CellKey(
                    CellKey.Table.STOCK,
                    plan.id(),
                    kind,
                    variant < 0 ? "" : plan.variants().get(variant),
                    showroom,
                    sku,
                    "",
                    minute,
                    0,
                    epochDay(day));
            Cell change = Cell.ofStock(sign, sign * pieces);
            stock.merge(key, change, (known, more) -> {
                known.add(more);
                return known;
            });
        }

        private void drain(BiConsumer<CellKey, Cell> to) {
            for (ArmCells arm : arms) {
                arm.drain(to);
            }
            for (@Nullable ArmCells[][] byVariant : slices) {
                drain(byVariant, to);
            }
            drain(cohorts, to);
            drain(mixed, UnitStatistic.MIXED, to);
            drain(late, UnitStatistic.LATE, to);
            drainLife(to);
            stock.forEach((key, cell) -> {
                if (!cell.isZero()) {
                    to.accept(key, cell);
                }
            });
            stock.clear();
        }

        private void drain(long[] byDay, String metric, BiConsumer<CellKey, Cell> to) {
            for (int day = 0; day < byDay.length; day++) {
                if (byDay[day] != 0) {
                    Cell cell = Cell.ofUnits();
                    cell.addCount(0, byDay[day]);
                    to.accept(CellKey.ofUnits(plan.id(), metric, "", "", "", epochDay(day)), cell);
                    byDay[day] = 0;
                }
            }
        }

        private static void drain(@Nullable ArmCells[][] byVariant, BiConsumer<CellKey, Cell> to) {
            for (@Nullable ArmCells[] byValue : byVariant) {
                for (ArmCells slice : byValue) {
                    if (slice != null) {
                        slice.drain(to);
                    }
                }
            }
        }

        private void drainLife(BiConsumer<CellKey, Cell> to) {
            life.forEach((key, n) -> {
                if (n != 0) {
                    to.accept(
                            new CellKey(
                                    CellKey.Table.LIFE_TABLES,
                                    plan.id(),
                                    key.origin,
                                    plan.variants().get(key.variant),
                                    key.kind,
                                    "",
                                    "",
                                    key.entryBin,
                                    key.bin,
                                    epochDay(key.day)),
                            Cell.ofCount(n));
                }
            });
            life.clear();
        }

        private long epochDay(int day) {
            return plan.calendar().date(day).toEpochDay();
        }
    }

    public UnitChanges(List<ExperimentPlan> plans) {
        plans.forEach(plan -> experiments.add(new ExperimentChanges(plan)));
    }

    ExperimentChanges of(int experiment) {
        return experiments.get(experiment);
    }

    /** Hands out every changed cell and starts again from nothing. */
    public void drain(BiConsumer<CellKey, Cell> to) {
        experiments.forEach(e -> e.drain(to));
    }
}
