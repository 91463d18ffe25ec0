output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Its address range."
  value       = aws_vpc.this.cidr_block
}

output "public_subnet_ids" {
  description = "Subnets for load balancers."
  value       = aws_subnet.public[*].id
}

output "private_subnet_ids" {
  description = "Subnets for nodes and functions."
  value       = aws_subnet.private[*].id
}

output "data_subnet_ids" {
  description = "Subnets for storage; they have no way out."
  value       = aws_subnet.data[*].id
}

output "s3_prefix_list_id" {
  description = "Addresses of S3, for security group rules: the gateway endpoint has no group of its own."
  value       = aws_vpc_endpoint.s3.prefix_list_id
}

output "nat_gateway_count" {
  description = "Ways out: one, or one for each zone."
  value       = length(aws_nat_gateway.this)
}
