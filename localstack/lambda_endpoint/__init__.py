"""AWS Lambda on this machine: the Invoke API in front of the Runtime API, which drives real `awslambdaric` processes.

`python -m localstack.lambda_endpoint --help`. Any AWS SDK talks to it with an endpoint URL.
"""
