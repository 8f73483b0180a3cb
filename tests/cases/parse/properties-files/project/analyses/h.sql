select {{ target.threads }}
