output "client_addresses" {
  description = "Addresses that clients are given, one for each zone; they stay."
  value       = aws_eip.clients[*].public_ip
}

output "client_load_balancer_dns" {
  description = "Name of the clients' load balancer."
  value       = aws_lb.clients.dns_name
}

output "web_load_balancer_dns" {
  description = "Name of the load balancer for wss, to point the certificate's host name at; null without a certificate."
  value       = one(aws_lb.web[*].dns_name)
}

output "security_group_id" {
  description = "Group of the nodes; the storage lets it in."
  value       = aws_security_group.nodes.id
}

output "service_name" {
  description = "The ECS service."
  value       = aws_ecs_service.nodes.name
}

output "load_balancer_arn_suffix" {
  description = "The clients' load balancer, for alarms."
  value       = aws_lb.clients.arn_suffix
}

output "target_group_arn_suffix" {
  description = "Its target group, for alarms."
  value       = aws_lb_target_group.tcp.arn_suffix
}

output "cluster_arn" {
  description = "The ECS cluster, where migrations run too."
  value       = aws_ecs_cluster.this.arn
}

output "cluster_name" {
  description = "Its name, for alarms."
  value       = aws_ecs_cluster.this.name
}

output "log_group_name" {
  description = "Log group of the nodes."
  value       = aws_cloudwatch_log_group.nodes.name
}

output "resilience" {
  description = "What a deploy and a lost zone cost: nodes that always run, seconds a leaving node keeps its clients, load balancers that refuse to be deleted."
  value = {
    nodes_min           = aws_appautoscaling_target.nodes.min_capacity
    drain_s             = tonumber(aws_lb_target_group.tcp.deregistration_delay)
    deletion_protection = alltrue([for balancer in concat([aws_lb.clients], aws_lb.web) : balancer.enable_deletion_protection])
  }
}
