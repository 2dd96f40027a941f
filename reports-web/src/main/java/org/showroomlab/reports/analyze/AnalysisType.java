package org.showroomlab.reports.analyze;

/** The type that an item may have; on the wire in lower case. */
enum AnalysisType {
    MEAN(new MeanAnalysis()),
    PROPORTION(new ProportionAnalysis()),
    RATIO(new RatioAnalysis()),
    BAYES(new BayesAnalysis()),
    CLUSTERS(new ClusterAnalysis()),
    SWITCHBACK(new SwitchbackAnalysis()),
    QUANTILE(new QuantileAnalysis()),
    SRM(new SampleRatioAnalysis()),
    ADJUST(new AdjustAnalysis()),
    POWER(new PowerAnalysis()),
    GROUP_SEQUENTIAL(new GroupSequentialAnalysis()),
    ANYTIME(new AnytimeAnalysis()),
    BETTING(new BettingAnalysis()),
    SURVIVAL(new SurvivalAnalysis()),
    ELASTICITY(new ElasticityAnalysis()),
    DOSE_RESPONSE(new DoseResponseAnalysis()),
    SHRINK(new ShrinkAnalysis()),
    DEMAND(new DemandAnalysis());

    private final Analysis analysis;

    AnalysisType(Analysis analysis) {
        this.analysis = analysis;
    }

    Analysis analysis() {
        return analysis;
    }
}
