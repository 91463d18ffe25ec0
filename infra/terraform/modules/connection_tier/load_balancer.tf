# Two network load balancers: `clients` passes MTProto through on the ports that clients try, with addresses that never
# change because clients keep them; `web` terminates TLS for wss on the one port that browsers may use everywhere.

locals {
  tcp_port  = 4430
  http_port = 4431
}

resource "aws_security_group" "load_balancer" {
  name_prefix = "${var.name}-load-balancer-"
  description = "Load balancers, open to everyone on the clients' ports"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-load-balancer" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  # checkov:skip=CKV_AWS_260:port 80 carries MTProto, encrypted end to end, for networks that let nothing else through
  for_each = toset([for port in var.client_ports : tostring(port)])

  security_group_id = aws_security_group.load_balancer.id
  description       = "Clients on port ${each.value}"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.value)
  to_port           = tonumber(each.value)
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "Nodes"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = local.tcp_port
  to_port                      = local.http_port
}

resource "aws_eip" "clients" {
  # checkov:skip=CKV2_AWS_19:the load balancer below holds them, one for each zone
  count = length(var.public_subnet_ids)

  domain = "vpc"

  tags = { Name = "${var.name}-clients-${count.index}" }
}

resource "aws_lb" "clients" {
  # checkov:skip=CKV_AWS_150:a variable; prod sets it and its test asserts that
  # checkov:skip=CKV_AWS_91:network load balancers log only TLS listeners; the nodes log connections, the flow log packets
  # checkov:skip=CKV2_AWS_28:WAF does not attach to network load balancers; the nodes limit rates by address
  name                             = "${var.name}-clients"
  load_balancer_type               = "network"
  internal                         = false
  security_groups                  = [aws_security_group.load_balancer.id]
  enable_cross_zone_load_balancing = true
  enable_deletion_protection       = var.deletion_protection

  dynamic "subnet_mapping" {
    for_each = var.public_subnet_ids

    content {
      subnet_id     = subnet_mapping.value
      allocation_id = aws_eip.clients[subnet_mapping.key].allocation_id
    }
  }
}

resource "aws_lb_target_group" "tcp" {
  # checkov:skip=CKV_AWS_378:MTProto encrypts its messages itself; TLS around it would tell clients and censors apart
  name                 = "${var.name}-tcp"
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "TCP"
  port                 = local.tcp_port
  preserve_client_ip   = "true"
  deregistration_delay = var.drain_s

  # A node that leaves keeps its connections until it or they end.
  connection_termination = false

  health_check {
    protocol            = "HTTP"
    port                = tostring(local.http_port)
    path                = "/healthz"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  # The database's failover must not cost every client its connection.
  target_health_state {
    enable_unhealthy_connection_termination = false
  }
}

resource "aws_lb_listener" "tcp" {
  # checkov:skip=CKV_AWS_2:MTProto, not HTTP
  # checkov:skip=CKV_AWS_103:MTProto brings its own encryption
  for_each = toset([for port in var.client_ports : tostring(port)])

  load_balancer_arn        = aws_lb.clients.arn
  port                     = tonumber(each.value)
  protocol                 = "TCP"
  tcp_idle_timeout_seconds = var.idle_timeout_s

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tcp.arn
  }
}

resource "aws_lb" "web" {
  # checkov:skip=CKV_AWS_150:a variable; prod sets it and its test asserts that
  # checkov:skip=CKV2_AWS_28:WAF does not attach to network load balancers; the nodes limit rates by address
  count = var.web_certificate_arn == null ? 0 : 1

  name                             = "${var.name}-web"
  load_balancer_type               = "network"
  internal                         = false
  subnets                          = var.public_subnet_ids
  security_groups                  = [aws_security_group.load_balancer.id]
  enable_cross_zone_load_balancing = true
  enable_deletion_protection       = var.deletion_protection

  access_logs {
    bucket  = var.access_logs_bucket
    prefix  = "load-balancer"
    enabled = true
  }
}

resource "aws_lb_target_group" "web" {
  # checkov:skip=CKV_AWS_378:TLS ends at the load balancer; what WebSocket carries inside the VPC is MTProto, which encrypts its messages itself
  count = var.web_certificate_arn == null ? 0 : 1

  name                   = "${var.name}-web"
  vpc_id                 = var.vpc_id
  target_type            = "ip"
  protocol               = "TCP"
  port                   = local.http_port
  preserve_client_ip     = "true"
  deregistration_delay   = var.drain_s
  connection_termination = false

  health_check {
    protocol            = "HTTP"
    port                = tostring(local.http_port)
    path                = "/healthz"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  target_health_state {
    enable_unhealthy_connection_termination = false
  }
}

# A TLS listener's idle timeout is 350 s and cannot be changed; web clients ping every minute.
resource "aws_lb_listener" "web" {
  count = var.web_certificate_arn == null ? 0 : 1

  load_balancer_arn = aws_lb.web[0].arn
  port              = 443
  protocol          = "TLS"
  certificate_arn   = var.web_certificate_arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web[0].arn
  }
}
