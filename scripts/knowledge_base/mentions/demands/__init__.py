"""What somebody asks of somebody."""
