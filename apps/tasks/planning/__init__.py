"""What would be sent to a vendor for a task: values in, plans out."""
