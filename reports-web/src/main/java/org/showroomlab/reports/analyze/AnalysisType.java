package org.showroomlab.reports.analyze;

/** The type that an item may have; on the wire in lower case. */
enum AnalysisType {
    MEAN,
    PROPORTION,
    RATIO,
    BAYES,
    CLUSTERS,
    SWITCHBACK,
    QUANTILE,
    SRM,
    ADJUST,
    POWER,
    GROUP_SEQUENTIAL,
    ANYTIME,
    BETTING,
    SURVIVAL,
    ELASTICITY,
    DOSE_RESPONSE,
    SHRINK,
    DEMAND;

    Analysis analysis() {
        return switch (this) {
            case MEAN -> new MeanAnalysis();
            case PROPORTION -> new ProportionAnalysis();
            case RATIO -> new RatioAnalysis();
            case BAYES -> new BayesAnalysis();
            case CLUSTERS -> new ClusterAnalysis();
            case SWITCHBACK -> new SwitchbackAnalysis();
            case QUANTILE -> new QuantileAnalysis();
            case SRM -> new SampleRatioAnalysis();
            case ADJUST -> new AdjustAnalysis();
            case POWER -> new PowerAnalysis();
            case GROUP_SEQUENTIAL -> new GroupSequentialAnalysis();
            case ANYTIME -> new AnytimeAnalysis();
            case BETTING -> new BettingAnalysis();
            case SURVIVAL -> new SurvivalAnalysis();
            case ELASTICITY -> new ElasticityAnalysis();
            case DOSE_RESPONSE -> new DoseResponseAnalysis();
            case SHRINK -> new ShrinkAnalysis();
            case DEMAND -> new DemandAnalysis();
        };
    }
}
