"""What tests share: generated data, planted errors, servers, the command line in process."""
