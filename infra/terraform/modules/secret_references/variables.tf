variable "settings" {
  description = "CIRRUSGRAM_* settings of one process."
  type        = map(string)
}
