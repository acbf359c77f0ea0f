"""How Aliyun's gateway behaves, whatever the service: dispatch of operations, signatures, parameters, replies."""
