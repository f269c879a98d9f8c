/** Metrics of tables that need a strong learner, by XGBoost. */
@SuppressWarnings("requires-automatic")
module org.eigendrift.metrics.xgboost {
    requires ml.dmlc.xgboost4j;
    requires org.eigendrift.api;

    provides org.eigendrift.api.metric.MetricProvider with
            org.eigendrift.metrics.xgboost.Detection,
            org.eigendrift.metrics.xgboost.TrainSynthetic;
}
