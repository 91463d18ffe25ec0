locals {
  region = data.aws_region.current.region

  # Title, unit on the left axis, and metrics as [namespace, name, dimension, value, …, options].
  graphs = [
    {
      title = "Connections", stat = "Average"
      metrics = [
        ["AWS/NetworkELB", "ActiveFlowCount_TCP", "LoadBalancer", var.load_balancer_arn_suffix, {}],
        ["AWS/NetworkELB", "NewFlowCount_TCP", "LoadBalancer", var.load_balancer_arn_suffix, { stat = "Sum", yAxis = "right" }],
      ]
    },
    {
      title = "Nodes", stat = "Average"
      metrics = [
        ["ECS/ContainerInsights", "RunningTaskCount", "ClusterName", var.cluster_name, "ServiceName", var.service_name, {}],
        ["AWS/ECS", "CPUUtilization", "ClusterName", var.cluster_name, "ServiceName", var.service_name, { yAxis = "right" }],
        ["AWS/ECS", "MemoryUtilization", "ClusterName", var.cluster_name, "ServiceName", var.service_name, { yAxis = "right" }],
      ]
    },
    {
      title = "Latency of messages.sendMessage, ms", stat = "p50"
      metrics = [
        for stat in ["p50", "p95", "p99"] :
        ["Cirrusgram", "Latency", "service", "functions.messages", "method", "messages.sendMessage", { stat = stat, label = stat }]
      ]
    },
    {
      title = "Cold starts", stat = "Sum"
      metrics = [
        for namespace in keys(var.function_names) : ["Cirrusgram", "ColdStart", "service", "functions.${namespace}", { label = namespace }]
      ]
    },
    {
      title = "Invocations", stat = "Sum"
      metrics = [
        for namespace, function in var.function_names : ["AWS/Lambda", "Invocations", "FunctionName", function, { label = namespace }]
      ]
    },
    {
      title = "Function errors and throttles", stat = "Sum"
      metrics = concat(
        [for namespace, function in var.function_names : ["AWS/Lambda", "Errors", "FunctionName", function, { label = namespace }]],
        [for namespace, function in var.function_names : ["AWS/Lambda", "Throttles", "FunctionName", function, { label = namespace, yAxis = "right" }]],
      )
    },
    {
      title = "Consumer lag, records", stat = "Maximum"
      metrics = [
        for namespace in keys(var.failure_queue_names) :
        ["AWS/Kafka", "SumOffsetLag", "Cluster Name", var.bus_name, "Consumer Group", "${var.name}-${namespace}", "Topic", "boxes", { label = namespace }]
      ]
    },
    {
      title = "Database", stat = "Average"
      metrics = [
        ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", var.database_instance_id, {}],
        ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", var.database_instance_id, { yAxis = "right" }],
        ["AWS/RDS", "WriteIOPS", "DBInstanceIdentifier", var.database_instance_id, { yAxis = "right" }],
      ]
    },
    {
      title = "Cache", stat = "Average"
      metrics = [
        ["AWS/ElastiCache", "EngineCPUUtilization", "CacheClusterId", "${var.cache_id}-001", {}],
        ["AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "CacheClusterId", "${var.cache_id}-001", {}],
        ["AWS/ElastiCache", "CurrConnections", "CacheClusterId", "${var.cache_id}-001", { yAxis = "right" }],
      ]
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [
      for index, graph in local.graphs : {
        type   = "metric"
        x      = (index % 2) * 12
        y      = floor(index / 2) * 6
        width  = 12
        height = 6
        properties = {
          title   = graph.title
          region  = local.region
          stat    = graph.stat
          period  = 60
          view    = "timeSeries"
          metrics = graph.metrics
        }
      }
    ]
  })
}
