"""How Aliyun's RPC APIs are called, whatever the service: signatures, parameters, callback signatures, SDK programs."""
