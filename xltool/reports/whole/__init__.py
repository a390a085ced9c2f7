"""Reports on all districts together: the data analysis report (数据分析报告) and the city's report (监测报告)."""
