# Alarms for what a person has to do something about, one topic they go to, one dashboard. An alarm's description says
# what it means and what to do first.

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  load_balancer = { LoadBalancer = var.load_balancer_arn_suffix }
  targets       = { LoadBalancer = var.load_balancer_arn_suffix, TargetGroup = var.target_group_arn_suffix }
  nodes         = { ClusterName = var.cluster_name, ServiceName = var.service_name }
  database      = { DBInstanceIdentifier = var.database_instance_id }

  fixed_alarms = {
    "nodes-unhealthy" = {
      namespace = "AWS/NetworkELB", metric = "UnHealthyHostCount", dimensions = local.targets, statistic = "Maximum"
      operator  = "GreaterThanThreshold", threshold = 0, period_s = 60, periods = 5
      meaning   = "A node does not answer /healthz. ECS replaces it; if that repeats, read the nodes' log group for the last lines of one that ended."
    }
    "nodes-few" = {
      namespace = "ECS/ContainerInsights", metric = "RunningTaskCount", dimensions = local.nodes, statistic = "Minimum"
      operator  = "LessThanThreshold", threshold = var.nodes_min, period_s = 60, periods = 5
      meaning   = "Fewer nodes run than the minimum. The service's events say why tasks do not start: image, secrets, capacity."
    }
    "nodes-cpu" = {
      namespace = "AWS/ECS", metric = "CPUUtilization", dimensions = local.nodes, statistic = "Average"
      operator  = "GreaterThanThreshold", threshold = 85, period_s = 60, periods = 10
      meaning   = "Nodes are busy although autoscaling had time. Raise nodes_max, or look for a client that floods."
    }
    "nodes-memory" = {
      namespace = "AWS/ECS", metric = "MemoryUtilization", dimensions = local.nodes, statistic = "Maximum"
      operator  = "GreaterThanThreshold", threshold = 85, period_s = 60, periods = 10
      meaning   = "A node comes close to its memory. Lower connections_per_node or give nodes more."
    }
    "port-allocation" = {
      namespace = "AWS/NetworkELB", metric = "PortAllocationErrorCount", dimensions = local.load_balancer, statistic = "Sum"
      operator  = "GreaterThanThreshold", threshold = 0, period_s = 300, periods = 1
      meaning   = "The load balancer ran out of ports towards the nodes: more nodes are needed."
    }
    "database-cpu" = {
      namespace = "AWS/RDS", metric = "CPUUtilization", dimensions = local.database, statistic = "Average"
      operator  = "GreaterThanThreshold", threshold = 80, period_s = 60, periods = 15
      meaning   = "The database is busy. Performance Insights names the statements; a larger class helps at once."
    }
    "database-storage" = {
      namespace = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.database, statistic = "Minimum"
      operator  = "LessThanThreshold", threshold = var.database_free_storage_gib * 1024 * 1024 * 1024, period_s = 300, periods = 3
      meaning   = "Storage grows by itself up to max_storage_gib: raise that, it was reached."
    }
    "database-proxy-borrow" = {
      namespace = "AWS/RDS", metric = "DatabaseConnectionsBorrowLatency", dimensions = { ProxyName = var.database_proxy_name }, statistic = "Average"
      operator  = "GreaterThanThreshold", threshold = 500000, period_s = 60, periods = 5
      meaning   = "Callers wait over half a second (in microseconds) for a connection. Lower reserved concurrency or enlarge the database."
    }
    "cache-memory" = {
      namespace = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", dimensions = { CacheClusterId = "${var.cache_id}-001" }, statistic = "Maximum"
      operator  = "GreaterThanThreshold", threshold = 80, period_s = 60, periods = 10
      meaning   = "The cache fills up. Keys expire by themselves; a larger node type helps, and Evictions tells whether it hurts already."
    }
    "cache-cpu" = {
      namespace = "AWS/ElastiCache", metric = "EngineCPUUtilization", dimensions = { CacheClusterId = "${var.cache_id}-001" }, statistic = "Average"
      operator  = "GreaterThanThreshold", threshold = 75, period_s = 60, periods = 10
      meaning   = "The one thread of the cache is busy. A faster node type helps."
    }
    "bus-disk" = {
      namespace = "AWS/Kafka", metric = "KafkaDataLogsDiskUsed", dimensions = { "Cluster Name" = var.bus_name, "Broker ID" = "1" }, statistic = "Maximum"
      operator  = "GreaterThanThreshold", threshold = 80, period_s = 300, periods = 3
      meaning   = "A broker's disk fills up. Records are kept for a day: enlarge volume_gib."
    }
    "bus-controllers" = {
      namespace = "AWS/Kafka", metric = "ActiveControllerCount", dimensions = { "Cluster Name" = var.bus_name }, statistic = "Maximum"
      operator  = "LessThanThreshold", threshold = 1, period_s = 60, periods = 5
      meaning   = "The Kafka cluster has no controller. Messages still arrive, by the relay, seconds late; AWS support if it lasts."
    }
    "methods-fail" = {
      namespace = "Cirrusgram", metric = "ErrorsByName", dimensions = { service = "functions.messages", error = "INTERNAL" }, statistic = "Sum"
      operator  = "GreaterThanThreshold", threshold = 10, period_s = 300, periods = 1
      meaning   = "Functions of messages answered INTERNAL. Their log group has the traceback with method and msg_id."
    }
  }

  function_alarms = merge([
    for namespace, function in var.function_names : {
      "function-${namespace}-errors" = {
        namespace = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = function }, statistic = "Sum"
        operator  = "GreaterThanThreshold", threshold = 5, period_s = 300, periods = 1
        meaning   = "The function ended without an answer: out of time or memory, or it cannot start. Its log group's last lines say which."
      }
      "function-${namespace}-throttles" = {
        namespace = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = function }, statistic = "Sum"
        operator  = "GreaterThanThreshold", threshold = 20, period_s = 300, periods = 1
        meaning   = "Callers got FLOOD_WAIT because the concurrency is used up. Raise reserved_concurrency and watch database-proxy-borrow."
      }
    }
  ]...)

  queue_alarms = {
    for namespace, queue in var.failure_queue_names : "consumer-${namespace}-failures" => {
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = queue }, statistic = "Maximum"
      operator  = "GreaterThanThreshold", threshold = 0, period_s = 60, periods = 1
      meaning   = "The consumer gave up on a batch. Users still get their messages by the relay; the message in the queue names partition and offset."
    }
  }

  lag_alarms = {
    for namespace, _ in var.failure_queue_names : "consumer-${namespace}-lag" => {
      namespace = "AWS/Kafka", metric = "SumOffsetLag", dimensions = { "Cluster Name" = var.bus_name, "Consumer Group" = "${var.name}-${namespace}", Topic = "boxes" }, statistic = "Maximum"
      operator  = "GreaterThanThreshold", threshold = var.lag_max, period_s = 60, periods = 5
      meaning   = "Accounts wait for their updates. Raise the pollers, and the partitions of the topic if they are at their maximum."
    }
  }

  alarms = merge(local.fixed_alarms, local.function_alarms, local.queue_alarms, local.lag_alarms)
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.logs_kms_key_arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = var.alarm_emails

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.meaning
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = each.value.operator
  threshold           = each.value.threshold
  period              = each.value.period_s
  evaluation_periods  = each.value.periods
  treat_missing_data  = each.key == "nodes-few" ? "breaching" : "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_budgets_budget" "monthly" {
  count = var.monthly_budget_usd == null ? 0 : 1

  name         = "${var.name}-monthly"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" {
    for_each = length(var.alarm_emails) > 0 ? [1] : []

    content {
      notification_type          = "FORECASTED"
      comparison_operator        = "GREATER_THAN"
      threshold                  = 100
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.alarm_emails
    }
  }
}
