"""sys.exit says the run's status"""
# run: run --verify
# status: 3
# says: total
import sys
sys.exit(3)
