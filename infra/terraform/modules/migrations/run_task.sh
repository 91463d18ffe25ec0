#!/bin/sh
# Run a task definition once on Fargate and wait for it; fails unless every container ended with 0.
# Environment: AWS_REGION CLUSTER TASK_DEFINITION SUBNETS (comma-separated) SECURITY_GROUP
set -eu
network="awsvpcConfiguration={subnets=[$SUBNETS],securityGroups=[$SECURITY_GROUP],assignPublicIp=DISABLED}"
task=$(aws ecs run-task --cluster "$CLUSTER" --task-definition "$TASK_DEFINITION" --launch-type FARGATE \
    --network-configuration "$network" --query 'tasks[0].taskArn' --output text)
if [ -z "$task" ] || [ "$task" = None ]; then
    echo "the migration was not started: is there room on Fargate, and may this role run tasks?" >&2
    exit 1
fi
echo "migrating: $task"
# The waiter gives up after ten minutes; a large index may take longer.
tries=0
until aws ecs wait tasks-stopped --cluster "$CLUSTER" --tasks "$task"; do
    tries=$((tries + 1))
    [ "$tries" -lt 6 ] || { echo "still running after an hour: $task" >&2; exit 1; }
done
codes=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --query 'tasks[0].containers[].exitCode' --output text)
for code in $codes; do
    [ "$code" = 0 ] || { echo "the migration failed (exit codes: $codes); its log group says why" >&2; exit 1; }
done
[ -n "$codes" ] || { echo "the migration never started; the service's events say why" >&2; exit 1; }
