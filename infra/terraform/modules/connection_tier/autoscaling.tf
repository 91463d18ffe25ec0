# More nodes when there are more connections or more work; fewer only slowly, for a node that leaves sends its clients
# to the others.

resource "aws_appautoscaling_target" "nodes" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.nodes.name}"
  min_capacity       = var.nodes_min
  max_capacity       = var.nodes_max
}

resource "aws_appautoscaling_policy" "connections" {
  name               = "${var.name}-connections"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.nodes.service_namespace
  scalable_dimension = aws_appautoscaling_target.nodes.scalable_dimension
  resource_id        = aws_appautoscaling_target.nodes.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.connections_per_node
    scale_out_cooldown = 60
    scale_in_cooldown  = 900

    customized_metric_specification {
      metrics {
        id          = "per_node"
        label       = "Connections of a node"
        expression  = "(${join(" + ", [for index, _ in local.flow_metrics : "FILL(flows${index}, 0)"])}) / nodes"
        return_data = true
      }

      metrics {
        id          = "nodes"
        label       = "Nodes"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = "ECS/ContainerInsights"
            metric_name = "RunningTaskCount"

            dimensions {
              name  = "ClusterName"
              value = aws_ecs_cluster.this.name
            }

            dimensions {
              name  = "ServiceName"
              value = aws_ecs_service.nodes.name
            }
          }
        }
      }

      dynamic "metrics" {
        for_each = local.flow_metrics

        content {
          id          = "flows${metrics.key}"
          label       = "Connections of ${metrics.value.metric}"
          return_data = false

          metric_stat {
            stat = "Average"

            metric {
              namespace   = "AWS/NetworkELB"
              metric_name = metrics.value.metric

              dimensions {
                name  = "LoadBalancer"
                value = metrics.value.load_balancer
              }
            }
          }
        }
      }
    }
  }
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.nodes.service_namespace
  scalable_dimension = aws_appautoscaling_target.nodes.scalable_dimension
  resource_id        = aws_appautoscaling_target.nodes.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 60
    scale_in_cooldown  = 900

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

locals {
  flow_metrics = concat(
    [{ metric = "ActiveFlowCount_TCP", load_balancer = aws_lb.clients.arn_suffix }],
    [for web in aws_lb.web : { metric = "ActiveFlowCount_TLS", load_balancer = web.arn_suffix }],
  )
}
