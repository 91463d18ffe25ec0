# Who may speak to which storage. Clients are nodes, functions and migrations, by their own groups.

resource "aws_security_group" "proxy" {
  # checkov:skip=CKV2_AWS_5:the database proxy has it, a resource this check does not know
  name_prefix = "${var.name}-database-proxy-"
  description = "RDS Proxy"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-database-proxy" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "database" {
  name_prefix = "${var.name}-database-"
  description = "MySQL, for the proxy only"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-database" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "cache" {
  name_prefix = "${var.name}-cache-"
  description = "Valkey"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-cache" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "bus" {
  name_prefix = "${var.name}-bus-"
  description = "Kafka brokers, and the pollers of Lambda that use their group"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-bus" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "proxy" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.proxy.id
  description                  = "MySQL from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_vpc_security_group_egress_rule" "proxy" {
  security_group_id            = aws_security_group.proxy.id
  description                  = "MySQL to the database"
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  description                  = "MySQL from the proxy"
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.cache.id
  description                  = "Valkey over TLS from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_vpc_security_group_ingress_rule" "bus" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.bus.id
  description                  = "Kafka with SCRAM over TLS from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 9096
  to_port                      = 9096
}

# The event source mapping polls from network interfaces that carry the brokers' own group.
resource "aws_vpc_security_group_ingress_rule" "bus_pollers" {
  security_group_id            = aws_security_group.bus.id
  description                  = "Kafka with SCRAM over TLS from Lambda's pollers"
  referenced_security_group_id = aws_security_group.bus.id
  ip_protocol                  = "tcp"
  from_port                    = 9096
  to_port                      = 9096
}

resource "aws_vpc_security_group_egress_rule" "bus_pollers" {
  security_group_id            = aws_security_group.bus.id
  description                  = "Lambda's pollers to the brokers"
  referenced_security_group_id = aws_security_group.bus.id
  ip_protocol                  = "tcp"
  from_port                    = 9096
  to_port                      = 9096
}

resource "aws_vpc_security_group_egress_rule" "bus_pollers_https" {
  security_group_id = aws_security_group.bus.id
  description       = "Lambda's pollers to Lambda, STS and Secrets Manager, by their endpoints"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
