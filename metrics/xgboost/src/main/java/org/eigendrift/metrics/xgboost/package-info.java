/** Metrics of tables that need a strong learner: gradient-boosted trees of XGBoost. */
package org.eigendrift.metrics.xgboost;
