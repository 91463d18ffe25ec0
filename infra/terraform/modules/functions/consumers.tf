# The bus wakes the consumer with batches of account ids. What fails again and again goes to a queue, where an alarm
# sees it; the outbox keeps the work itself, and the nodes' relay makes it up.

resource "aws_sqs_queue" "failures" {
  for_each = local.consumers

  name                              = "${var.name}-${each.key}-failures"
  message_retention_seconds         = 14 * 24 * 3600
  kms_master_key_id                 = var.data_kms_key_arn
  kms_data_key_reuse_period_seconds = 300
}

resource "aws_sqs_queue_policy" "failures" {
  for_each = local.consumers

  queue_url = aws_sqs_queue.failures[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.failures[each.key].arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_lambda_event_source_mapping" "bus" {
  for_each = merge([
    for name, uses in local.consumers : { for topic in uses.topics : "${name}-${topic}" => { namespace = name, topic = topic } }
  ]...)

  event_source_arn                   = var.bus_arn
  function_name                      = aws_lambda_alias.live[each.value.namespace].arn
  topics                             = [each.value.topic]
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = var.batch_size
  maximum_batching_window_in_seconds = 0
  function_response_types            = ["ReportBatchItemFailures"]

  amazon_managed_kafka_event_source_config {
    consumer_group_id = "${var.name}-${each.value.namespace}"
  }

  source_access_configuration {
    type = "SASL_SCRAM_512_AUTH"
    uri  = var.secret_arns["bus"]
  }

  # Pollers of our own: without them Kafka mappings know neither partial failures nor a bound on retries.
  provisioned_poller_config {
    minimum_pollers = var.pollers.minimum
    maximum_pollers = var.pollers.maximum
  }

  maximum_retry_attempts         = 10
  bisect_batch_on_function_error = true

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.failures[each.value.namespace].arn
    }
  }

  depends_on = [aws_iam_role_policy.this]
}
